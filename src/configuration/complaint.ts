/** The fault of one value; the parser adds its place. */
export interface Complaint {
  /** The value that would have been right. */
  readonly expected: string;
  /** The present value, if it should not be shown or says too little. */
  readonly found?: string;
  /** How to correct it. */
  readonly advice?: string;
}
