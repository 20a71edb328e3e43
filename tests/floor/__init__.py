"""What the oldest browsers that Wenyi is made for lack: Android's Chrome 80, Safari on iOS 13."""
