// A step that did not show what it should. Its message is the line that people read at the end.
export class Untrue extends Error {}
