import gifenc from 'gifenc';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';

/** Frames of a moving picture, all of one size. */
export interface MovingPicture {
  /** Adds what the page shows, with a caption below it. */
  add(page: Page, caption: string): Promise<void>;
  /** Returns the picture as a GIF that repeats. */
  encode(): Uint8Array;
}

/** Long enough to read a caption. */
const FRAME_MILLISECONDS = 3200;
/** Colours of a frame: the pages are flat. */
const COLOURS = 64;
const CAPTION_HEIGHT = 56;

/**
 * Makes a moving picture of the gate at work from screenshots.
 *
 * @param size of each page in the picture, in pixels; the captions come below it
 * @example
 * const picture = createMovingPicture({ width: 800, height: 500 });
 * await picture.add(page, '1. The application sends the browser to the login page');
 * writeFileSync('gate.gif', picture.encode());
 */
export function createMovingPicture(size: { readonly width: number; readonly height: number }): MovingPicture {
  const frames: PNG[] = [];
  const whole = { width: size.width, height: size.height + CAPTION_HEIGHT };
  return {
    async add(page, caption) {
      await page.setViewportSize(size);
      const screenshot = await page.screenshot({ animations: 'disabled', caret: 'hide' });
      frames.push(PNG.sync.read(await withCaption(page, screenshot, caption, whole)));
    },
    encode() {
      const encoder = gifenc.GIFEncoder();
      for (const { data, width, height } of frames) {
        const palette = gifenc.quantize(data, COLOURS);
        encoder.writeFrame(gifenc.applyPalette(data, palette), width, height, { palette, delay: FRAME_MILLISECONDS });
      }
      encoder.finish();
      return encoder.bytes();
    },
  };
}

/** Draws the caption below a screenshot, in a page of its own: the browser has the fonts. */
async function withCaption(
  page: Page,
  screenshot: Buffer,
  caption: string,
  whole: { width: number; height: number },
): Promise<Buffer> {
  const frame = await page.context().newPage();
  try {
    await frame.setViewportSize(whole);
    await frame.setContent(`<!DOCTYPE html><style>
body { margin: 0; background: #1b1f3b; color: #fff; font: 600 19px system-ui; }
img { display: block; } p { margin: 0; padding: 0 24px; line-height: ${CAPTION_HEIGHT}px; white-space: nowrap; }
</style><img alt="" src="data:image/png;base64,${screenshot.toString('base64')}"><p></p>`);
    await frame.locator('p').evaluate((element, text) => {
      (element as { textContent: string }).textContent = text;
    }, caption);
    return await frame.screenshot();
  } finally {
    await frame.close();
  }
}
