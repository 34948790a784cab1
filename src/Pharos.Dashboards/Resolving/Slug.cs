using System.Text;

namespace Pharos.Dashboards.Resolving;

/// <summary>The readable part of a dashboard's address.</summary>
public static class Slug
{
    private const int MaxLength = 50;

    /// <summary>Small letters and digits of the title with hyphens between; <c>dashboard</c> where nothing is left.</summary>
    public static string Of(string title)
    {
        var slug = new StringBuilder();
        foreach (char c in title)
        {
            if (slug.Length >= MaxLength)
            {
                break;
            }

            if (char.IsLetterOrDigit(c))
            {
                slug.Append(char.ToLowerInvariant(c));
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        string text = slug.ToString().TrimEnd('-');
        return text.Length > 0 ? text : "dashboard";
    }
}
