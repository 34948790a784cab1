using System.Text;
using Pharos.Core.Matching;

namespace Pharos.PromQL.Planning;

/// <summary>Text that is equal for equal lists of matchers, whatever their order.</summary>
internal static class SelectorKey
{
    public static string Of(IReadOnlyList<Matcher> matchers)
    {
        string[] texts = new string[matchers.Count];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = matchers[i].ToString();
        }

        Array.Sort(texts, StringComparer.Ordinal);
        return new StringBuilder("{").AppendJoin(',', texts).Append('}').ToString();
    }
}
