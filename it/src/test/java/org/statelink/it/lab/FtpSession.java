/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab;

/** An FTP session of a real client with a real server, in which the server opens the data connection. */
public final class FtpSession {
    /** What {@link #transfer} answers when all came through. */
    public static final String COMPLETE = "received 27000";

    private final Script client;

    FtpSession(Namespace client, Namespace server, String address) {
        Script.start(server, "ftp-server.py").expect("listening");
        this.client = Script.start(client, "ftp-client.py", address);
        this.client.expect("connected");
    }

    /** The client tells the server where it waits for the data connection. */
    public void announce() {
        client.goOn();
        client.expect("announced");
    }

    /** The client asks for a file; what came of it. */
    public String transfer() {
        client.goOn();
        return client.line();
    }
}
