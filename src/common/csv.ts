/**
 * The rows of a CSV file with a header (RFC 4180: quoted cells may hold commas and doubled quotes; no line breaks inside cells), each
 * by the header's names. A missing cell is an empty string, which the caller must read as unknown and never as 0.
 */
export function csvRows(text: string): Record<string, string>[] {
  const [header, ...lines] = text.trim().split(/\r?\n/).map(cells);
  return lines.map((line) => Object.fromEntries(header!.map((column, index) => [column, line[index] ?? ''])));
}

function cells(line: string): string[] {
  return [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)]
    .slice(0, -1)
    .map(([, cell]) => (cell!.startsWith('"') ? cell!.slice(1, -1).replaceAll('""', '"') : cell!));
}
