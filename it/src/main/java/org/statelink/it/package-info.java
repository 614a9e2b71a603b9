/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Integration tests: whole daemons in network namespaces, beside the C programs.
 */
package org.statelink.it;
