// Patterns of names, as lists of faults have them: `*` stands for a name, `**` for anything.
const quoted = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

export const glob = (text) =>
  new RegExp(
    `^${text
      .split("**")
      .map((part) => part.split("*").map(quoted).join("[^/]*"))
      .join(".*")}$`,
    "s",
  );
