using Microsoft.Playwright;

namespace Pharos.Browser.Tests.Driving;

/// <summary>Who comes, and with what screen.</summary>
public sealed record Visitor
{
    public static readonly Visitor Desk = new();

    public static readonly Visitor Phone = new() { Width = 390, Height = 844, HasTouch = true };

    /// <summary>Signed in with this role from the start; null: nobody is signed in.</summary>
    public string? Role { get; init; } = "Admin";

    public ColorScheme Scheme { get; init; } = ColorScheme.Light;

    /// <summary>CSS pixels.</summary>
    public int Width { get; init; } = 1440;

    /// <summary>CSS pixels.</summary>
    public int Height { get; init; } = 900;

    public bool HasTouch { get; init; }

    /// <summary>Statuses of refused requests that belong to this visit; any other makes it fail.</summary>
    public IReadOnlyList<int> Refusals { get; init; } = [];
}
