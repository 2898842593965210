/** What a pure function made of things with the same key, made once: the same names come back with every cart. The oldest go first. */
export function kept<In, Out>(
  most: number,
  keyOf: (thing: In) => string,
  make: (thing: In) => Out,
): (thing: In) => Out {
  const known = new Map<string, Out>();
  return (thing) => {
    const key = keyOf(thing);
    const before = known.get(key);
    if (before !== undefined) return before;
    const made = make(thing);
    if (known.size >= most) known.delete(known.keys().next().value!);
    known.set(key, made);
    return made;
  };
}

/** What a pure function made of a thing that nobody changes, made once for as long as the thing is there. */
export function keptOf<In extends object, Out>(make: (thing: In) => Out): (thing: In) => Out {
  const known = new WeakMap<In, Out>();
  return (thing) => {
    const before = known.get(thing);
    if (before !== undefined) return before;
    const made = make(thing);
    known.set(thing, made);
    return made;
  };
}
