/** What is wrong with one value; the parser adds where it is. */
export interface Complaint {
  /** What would have been right. */
  readonly expected: string;
  /** What is there, where the value itself should not be shown or says too little. */
  readonly found?: string;
  /** What to do about it. */
  readonly advice?: string;
}
