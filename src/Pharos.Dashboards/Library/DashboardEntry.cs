using Pharos.Dashboards.Model;

namespace Pharos.Dashboards.Library;

/// <summary>A dashboard of the library. Immutable.</summary>
public sealed record DashboardEntry
{
    /// <summary>Read and migrated; its uid is set.</summary>
    public required Dashboard Dashboard { get; init; }

    /// <summary>The dashboard as it was written, without what was wrapped around it; UTF-8, one JSON object.</summary>
    public required ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>Where it comes from.</summary>
    public required DashboardOrigin Origin { get; init; }

    /// <summary>The title of its folder; empty for none.</summary>
    public string Folder { get; init; } = "";

    /// <summary>The uid of its folder; empty for none.</summary>
    public string FolderUid { get; init; } = "";

    /// <summary>The file it is in; empty for saved and built-in ones.</summary>
    public string File { get; init; } = "";

    /// <summary>Whether it may be changed through the API.</summary>
    public bool Editable { get; init; }

    /// <summary>Whether it may be deleted through the API.</summary>
    public bool Deletable { get; init; }

    /// <summary>Grows by one with each saving; of files what they say, at least 1.</summary>
    public long Version { get; init; } = 1;

    /// <summary>When it was changed last; null when unknown.</summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>Who saved it last; empty for files.</summary>
    public string UpdatedBy { get; init; } = "";
}
