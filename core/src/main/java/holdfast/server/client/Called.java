package holdfast.server.client;

import holdfast.Bytes;
import holdfast.server.http.Headers;

/// How a call ended.
public sealed interface Called {

    record Answered(int status, Headers headers, Bytes body) implements Called {

        public String header(String name) {
            String value = headers.first(name);
            return value == null ? "" : value;
        }

        public boolean isGood() {
            return status >= 200 && status < 300;
        }
    }

    /// No byte of the request left this process.
    record NotSent(String why) implements Called {}

    /// The request may have been received and acted upon; no answer came, or not all of it.
    record Silent(String why) implements Called {}
}
