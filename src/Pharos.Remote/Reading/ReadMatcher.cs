using Pharos.Core.Matching;
using MatchType = Pharos.Core.Matching.MatchType;

namespace Pharos.Remote.Reading;

/// <summary>A matcher as it travels: not yet checked.</summary>
/// <param name="Type">Upstream's number, 0 to 3 as <see cref="MatchType"/>.</param>
/// <param name="Name">The label.</param>
/// <param name="Value">The value or the pattern.</param>
internal readonly record struct ReadMatcher(ulong Type, string Name, string Value)
{
    /// <exception cref="RemoteReadException">There is no such type, or the pattern is none.</exception>
    public Matcher ToMatcher()
    {
        if (Type > (ulong)MatchType.NotMatch)
        {
            throw new RemoteReadException(RemoteReadException.InternalError, "invalid matcher type");
        }

        try
        {
            return new Matcher((MatchType)Type, Name, Value);
        }
        catch (RegexSyntaxException e)
        {
            throw new RemoteReadException(RemoteReadException.InternalError, e.Message);
        }
    }
}
