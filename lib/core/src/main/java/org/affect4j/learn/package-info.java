/** Learning any label from the features of few faces: classifiers, persons kept apart, curves. */
package org.affect4j.learn;
