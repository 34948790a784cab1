namespace Pharos.Core.Contracts;

/// <summary>What a token is good for; scopes do not include one another, but <see cref="Admin"/> includes all.</summary>
public enum TokenScope
{
    /// <summary>Queries and status only.</summary>
    Read,

    /// <summary>Handing in samples only: such a token reads nothing.</summary>
    Ingest,

    /// <summary>Everything.</summary>
    Admin,
}
