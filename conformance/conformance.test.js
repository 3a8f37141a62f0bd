// The whole suite against HOLDFAST_URL. Its own command line finds no tests when it is installed plainly, so this
// file is the test that it wants to be.
import { runConformanceTests } from "@durable-streams/server-conformance-tests";

runConformanceTests({
  baseUrl: process.env.HOLDFAST_URL ?? "http://127.0.0.1:4437",
  longPollTimeoutMs: Number(process.env.HOLDFAST_LONG_POLL_MS ?? 5000),
  subscriptions: false,
});
