using Pharos.Core.Labels;

namespace Pharos.Discovery;

/// <summary>Targets that are given by their addresses alone.</summary>
internal static class TargetAddress
{
    public static IReadOnlyList<Labels> ToTargets(IEnumerable<string> addresses) =>
        [.. addresses.Select(static a => Labels.Of(TargetGroup.AddressLabel, a))];
}
