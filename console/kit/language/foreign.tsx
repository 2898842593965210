/** Around what stays in English within a sentence of another language, such as the name of a food. */
const BEGIN = '\u2068';
const END = '\u2069';

/** A name that stands in English in the middle of a sentence; `<Mixed>` shows it so. */
export const foreign = (name: string): string => `${BEGIN}${name}${END}`;

/** A sentence of the language that is spoken, with what is foreign in it marked as English. */
export function Mixed({ text }: { text: string }) {
  return (
    <>
      {text.split(BEGIN).map((part, at) => {
        const [name, rest] = at === 0 ? [null, part] : part.split(END);
        return (
          <>
            {name !== null && <span lang="en">{name}</span>}
            {rest}
          </>
        );
      })}
    </>
  );
}
