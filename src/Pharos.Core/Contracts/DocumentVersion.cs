namespace Pharos.Core.Contracts;

/// <summary>The expectations of a write beside "exactly this version".</summary>
public static class DocumentVersion
{
    /// <summary>The document must not exist yet.</summary>
    public const long Absent = 0;

    /// <summary>Whatever is there is replaced, also what cannot be read.</summary>
    public const long Any = -1;
}
