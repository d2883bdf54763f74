/** A Python source text. */
export interface PythonDocument {
  readonly text: string;
}
