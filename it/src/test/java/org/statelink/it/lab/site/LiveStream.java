/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.it.lab.site;

import java.util.List;

/** Traffic that goes on and on, in one direction or both. */
interface LiveStream {
    /** What kind it is. */
    String name();

    /** What arrives, for each direction. */
    List<Arrivals> arrivals();

    /** Ends it. */
    void close();
}
