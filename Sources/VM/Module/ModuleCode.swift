/// Translated code of a module.
final class ModuleCode {
  init(_ parts: ModuleParts) {}
}
