/* SPDX-License-Identifier: Apache-2.0 */
/** Live traffic through two firewalls of which keepalived makes one the master. */
package org.statelink.it.failover;
