/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What the state loop owns, put together: what is made of a configuration, what may be asked of it, and what a reload
 * changes.
 */
package org.statelink.server.replication;
