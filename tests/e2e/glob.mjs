// `quoted` is a text as a regular expression that only it matches. `glob` is a pattern of names, as
// lists of faults have them: `*` stands for a name, `**` for anything.
export const quoted = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

export const glob = (text) =>
  new RegExp(
    `^${text
      .split("**")
      .map((part) => part.split("*").map(quoted).join("[^/]*"))
      .join(".*")}$`,
    "s",
  );
