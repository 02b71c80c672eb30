// A server for the page, on this machine only. Browsers take plain http from 127.0.0.1 for a secure place.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";

const KINDS = {
    ".css": "text/css",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
};

// Serves the files of one directory; returns the address, and a function that ends it.
export async function serve(directory) {
    const server = createServer(async (request, response) => {
        const path = new URL(request.url, "http://127.0.0.1").pathname;
        // The directory is flat, so the last part of a path is enough, and nobody gets out of it.
        const name = basename(path) || "index.html";
        try {
            const content = await readFile(join(directory, name));
            response.writeHead(200, { "content-type": KINDS[extname(name)] ?? "application/octet-stream" });
            response.end(content);
        } catch {
            response.writeHead(404).end();
        }
    });
    await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
    const close = () => new Promise((closed) => {
        server.closeAllConnections();
        server.close(closed);
    });
    return { address: `http://127.0.0.1:${server.address().port}`, close };
}
