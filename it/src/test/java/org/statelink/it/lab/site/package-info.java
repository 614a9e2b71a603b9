/* SPDX-License-Identifier: Apache-2.0 */
/** A place with two firewalls: client and server on either side, keepalived, and live traffic. */
package org.statelink.it.lab.site;
