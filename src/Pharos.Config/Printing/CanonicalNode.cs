namespace Pharos.Config.Printing;

/// <summary>A configuration as it is in effect: defaults filled in, paths resolved, every field by its name. Made while the configuration is read.</summary>
public abstract class CanonicalNode
{
    /// <summary>Whether this says no more than its absence would.</summary>
    public abstract bool IsEmpty { get; }
}
