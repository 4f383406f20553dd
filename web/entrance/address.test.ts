import { expect, test, vi } from "vitest";
import { readAddress } from "./address";

function at(pathname: string, hash = "", state: unknown = null) {
  const replaceState = vi.fn();
  return { address: readAddress({ pathname, hash }, { state, replaceState }), replaceState };
}

test.each(["/join", "/reset"])(
  "the token of %s leaves the address bar, and stays with the entry of the history",
  (path) => {
    const { address, replaceState } = at(path, "#id.secret");

    expect(address).toEqual({ path, token: "id.secret", error: "" });
    expect(replaceState).toHaveBeenCalledExactlyOnceWith({ token: "id.secret" }, "", path);
  },
);

test("a reload finds the token again", () => {
  const { address, replaceState } = at("/join", "", { token: "id.secret" });

  expect(address.token).toBe("id.secret");
  expect(replaceState).not.toHaveBeenCalled();
});

test("a new link counts more than the one before", () => {
  expect(at("/join", "#new", { token: "old" }).address.token).toBe("new");
});

test.each([null, "text", 7, { token: 7 }, {}])("a state that is not ours (%j) has no token", (state) => {
  expect(at("/reset", "", state).address.token).toBe("");
});

test("why single sign-on has failed is read, and leaves the address bar", () => {
  const { address, replaceState } = at("/sign-in", "#error=sso_refused");

  expect(address).toEqual({ path: "/sign-in", token: "", error: "sso_refused" });
  expect(replaceState).toHaveBeenCalledExactlyOnceWith(null, "", "/sign-in");
});

test("nothing is read where nothing belongs", () => {
  expect(at("/sign-up", "#error=x").address).toEqual({ path: "/sign-up", token: "", error: "" });
  expect(at("/join", "#error=x").address.error).toBe("");
});

test("a path that is not known is the front door", () => {
  expect(at("/sign-in/").address.path).toBe("/sign-in");
});
