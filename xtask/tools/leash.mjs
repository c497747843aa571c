// Loaded before the server: when the process that started it ends, or closes this process's standard input, the server
// hears SIGTERM, as if somebody had asked it to stop.

process.stdin.on("error", () => {});
process.stdin.once("close", () => process.kill(process.pid, "SIGTERM"));
process.stdin.resume();
process.stdin.unref?.();
