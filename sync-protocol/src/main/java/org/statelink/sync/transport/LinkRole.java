/* SPDX-License-Identifier: Apache-2.0 */
package org.statelink.sync.transport;

/** What a link is used for at present. */
public enum LinkRole {
    /** The output link. */
    ACTIVE,
    /** Only received on. */
    BACKUP
}
