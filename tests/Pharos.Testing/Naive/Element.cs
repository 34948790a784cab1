using Pharos.Core.Labels;

namespace Pharos.Testing.Naive;

/// <summary>One element of an instant vector.</summary>
public readonly record struct Element(Labels Labels, double Value);
