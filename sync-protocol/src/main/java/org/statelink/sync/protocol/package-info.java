/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The synchronisation protocol of the dedicated link: header, message types, attribute codes and the body codec.
 */
package org.statelink.sync.protocol;
