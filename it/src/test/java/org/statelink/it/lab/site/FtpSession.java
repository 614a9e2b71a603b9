/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab.site;

import org.statelink.it.lab.Script;

/** An FTP session of a real client with a real server, in which the server opens the data connection. */
public final class FtpSession {
    /** What {@link #transfer} answers when all came through. */
    public static final String COMPLETE = "received 27000";

    /** What the server has: something to fetch, and something that does not end. */
    static final String FILE = "file";
    static final String LIVE = "live";

    private final Script client;

    FtpSession(Site site, String file) {
        Script.start(site.server(), "ftp-server.py").expect("listening");
        this.client = Script.start(site.client(), "ftp-client.py", Site.SERVER, file);
        this.client.expect("connected");
    }

    /** The client tells the server where it waits for the data connection. */
    public void announce() {
        client.goOn();
        client.expect("announced");
    }

    /** The client asks for the file; what came of it. */
    public String transfer() {
        goOn();
        return line();
    }

    /** The client asks for the file, or has enough of it. */
    void goOn() {
        client.goOn();
    }

    /** The next line of what does not end; the last one is what the server says to the end. Null after that. */
    String line() {
        return client.line();
    }
}
