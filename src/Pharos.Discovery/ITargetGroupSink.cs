namespace Pharos.Discovery;

/// <summary>Takes what a discoverer finds. Called by one discoverer, one call at a time.</summary>
public interface ITargetGroupSink
{
    /// <summary>
    /// Groups that are new or changed, by <see cref="TargetGroup.Source"/>; the others stay. A group without targets removes its source.
    /// A discoverer that finds nothing says so once with an empty list.
    /// </summary>
    void Update(IReadOnlyList<TargetGroup> groups);

    /// <summary>Why the last attempt failed, in words for the operator; null when it succeeded.</summary>
    void ReportError(string? error);
}
