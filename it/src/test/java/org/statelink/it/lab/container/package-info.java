/* SPDX-License-Identifier: Apache-2.0 */
/** Firewalls in containers, as users deploy them, for tests that read like those of the laboratory. */
package org.statelink.it.lab.container;
