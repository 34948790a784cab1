namespace Pharos.Core.Contracts;

/// <summary>What an endpoint asks of its caller. The set is closed and small on purpose: one word an endpoint.</summary>
[Flags]
public enum Permissions
{
    /// <summary>Nothing may be done. No endpoint asks for this.</summary>
    None = 0,

    /// <summary>See everything: queries, targets, alerts, status.</summary>
    Read = 1,

    /// <summary>Change what people work with: silences, dashboards.</summary>
    Edit = 2,

    /// <summary>Hand in samples: remote write and kin.</summary>
    Ingest = 4,

    /// <summary>Change the server itself: reload, quit, deletion of series, users and tokens.</summary>
    Admin = 8,

    /// <summary>All of them.</summary>
    All = Read | Edit | Ingest | Admin,
}
