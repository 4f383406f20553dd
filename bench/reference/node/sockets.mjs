// socket.io with ws, as it comes. node --expose-gc sockets.mjs PORT
import { createServer } from "node:http";
import { createRequire } from "node:module";

const require = createRequire(new URL("../../../web/package.json", import.meta.url));
const { Server } = require("socket.io");

const http = createServer((_, response) => response.end());
const io = new Server(http, { transports: ["websocket"] });

io.on("connection", (socket) => {
  socket.on("join", async ({ rooms }, done) => {
    await socket.join(rooms);
    done(null);
  });
  socket.on("tell", ({ rooms, text }, done) => {
    for (const room of rooms) io.to(room).emit("told", { text });
    done(null);
  });
  socket.on("tidy", (_, done) => {
    globalThis.gc();
    done(null);
  });
});

http.listen(Number(process.argv[2]), "127.0.0.1");
