"""What the example server cannot answer: server.py prints its port, and serves until it is ended."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = b"<html><h1>502 Bad Gateway</h1></html>"
UNKNOWN = b'{"error":{"message":"Too many prints","type":"quota_error","code":"quota_exhausted"}}'
ANSWERS = {
    "/proxy/v0/prints": (502, [("Content-Type", "text/html")], PAGE),
    "/unknown/v0/prints": (
        403,
        [("request-ID", "req_1"), ("Request-Id", "req_2"), ("retry-after", "7")],
        UNKNOWN,
    ),
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        status, headers, body = ANSWERS.get(self.path, (404, [], b""))
        self.send_response(status)
        for name, value in [*headers, ("Content-Length", str(len(body)))]:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format, *args):
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()
