/** Characters that some file system refuses in a name, and their places. */
const REFUSED = /[<>:"/\\|?*\p{Cc}]|^\.+$|[. ]+$/gu;
/** Names that Windows keeps for devices. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)$/i;
const LONGEST = 100;

/**
 * Returns a function that makes a file's name of a resource's name. Two resources of a folder have different names, even on a file
 * system that ignores the case.
 *
 * @example
 * const nameIn = createFileNames();
 * nameIn('clients', 'Shop: web'); // 'Shop- web'
 */
export function createFileNames(): (folder: string, name: string) => string {
  const used = new Set<string>();
  return (folder, name) => {
    const replaced = name.slice(0, LONGEST).replaceAll(REFUSED, '-');
    const clean = DEVICES.test(replaced) || replaced === '' ? `-${replaced}` : replaced;
    for (let count = 1; ; count += 1) {
      const candidate = count === 1 ? clean : `${clean}-${count}`;
      const key = `${folder}\n${candidate.toLowerCase()}`;
      if (used.has(key)) continue;
      used.add(key);
      return candidate;
    }
  };
}
