const known: Record<string, string> = { owner: "Owner", admin: "Admin", editor: "Editor", viewer: "Viewer" };

/** A role as people call it. Those that an account has made for itself are known here by their id alone. */
export function roleTitle(role: string): string {
  return (Object.hasOwn(known, role) && known[role]) || "A role of the account's own";
}
