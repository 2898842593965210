/** A file opened as what it is by its content, whatever its name says. */
export interface Cell {
  text: string;
  /** Of a cell that leads somewhere. */
  link: string | null;
}
export interface Table {
  /** Of a sheet; null for a file of rows. */
  name: string | null;
  rows: Cell[][];
}
interface Named {
  /** The file's own name, without its folders. */
  name: string | null;
}
export type Opened = Named &
  (
    | { kind: 'tables'; of: 'csv' | 'xlsx'; tables: Table[] }
    | { kind: 'json'; value: unknown }
    | { kind: 'html'; text: string }
    | { kind: 'mail'; bytes: Uint8Array }
    | { kind: 'pdf'; bytes: Uint8Array }
    | { kind: 'text'; text: string }
  );
