using Pharos.Core.Labels;

namespace Pharos.Discovery;

/// <summary>Targets that came from one place together, with the labels they share. Immutable, usable from any thread.</summary>
/// <param name="Source">Names the place within its discoverer, as <c>targets.json:0</c>; a later group of the same source replaces this one.</param>
/// <param name="Targets">One label set a target, with at least <c>__address__</c>; empty when the source has gone.</param>
/// <param name="Labels">Labels of every target of the group that does not set them itself.</param>
public sealed record TargetGroup(string Source, IReadOnlyList<Labels> Targets, Labels Labels)
{
    /// <summary>The label that holds host and port.</summary>
    public const string AddressLabel = "__address__";

    /// <summary>What a source leaves behind when it has gone.</summary>
    public static TargetGroup Gone(string source) => new(source, [], Labels.Empty);
}
