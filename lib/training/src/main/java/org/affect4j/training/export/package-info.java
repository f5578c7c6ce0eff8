/**
 * Networks as ONNX files: how a trained network becomes the small, fast file that the library runs.
 */
package org.affect4j.training.export;
