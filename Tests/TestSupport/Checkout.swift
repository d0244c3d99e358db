import Foundation

/// Places in the checkout the tests were built from.
public enum Checkout {
  /// The top folder.
  public static let top = URL(fileURLWithPath: #filePath + "/../../..").standardized.path
  public static let guests = top + "/scenarios/guests"
  public static let guestBuilder = top + "/scripts/build-guests"
}
