/** Where the pictures of scenes lie. For the training module alone. */
package org.affect4j.training.scene.internal;
