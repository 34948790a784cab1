using System.Text.Json;
using System.Text.Json.Nodes;
using Pharos.Access.Passwords;
using Pharos.Core.Contracts;

namespace Pharos.Access.Users;

/// <summary>A user as it is stored: <c>{"role": …, "created": …, "password": …, "mustChangePassword"?: true, "unclaimed"?: true}</c>; the name is the document's id.</summary>
internal static class UserDocument
{
    public static JsonElement Write(User user)
    {
        var content = new JsonObject
        {
            ["role"] = user.Role.ToWord(),
            ["created"] = user.Created.UtcDateTime,
            ["password"] = user.PasswordRecord,
        };
        if (user.MustChangePassword)
        {
            content["mustChangePassword"] = true;
        }

        if (user.IsUnclaimed)
        {
            content["unclaimed"] = true;
        }

        return JsonSerializer.SerializeToElement(content);
    }

    /// <exception cref="FormatException">It is no user; the message holds no secret.</exception>
    public static User Read(Document document)
    {
        string role = StoredFields.Text(document.Content, "role");
        if (!RoleWords.TryParse(role, out Role parsed))
        {
            throw new FormatException($"role is \"{role}\", expected {RoleWords.All}");
        }

        string record = StoredFields.Text(document.Content, "password");
        if (!PasswordHasher.IsRecord(record))
        {
            throw new FormatException("password is not a record such as $pbkdf2-sha512$i=210000$salt$hash; set it by: pharos user password NAME");
        }

        return new User(
            document.Id,
            parsed,
            StoredFields.Time(document.Content, "created"),
            record,
            document.Version,
            StoredFields.Flag(document.Content, "mustChangePassword"),
            StoredFields.Flag(document.Content, "unclaimed"));
    }

    public static UserList ReadAll(DocumentList list)
    {
        (List<User> users, List<UnreadableDocument> unreadable) = StoredFields.ReadAll(list, Read);
        return new UserList(list.Revision, users, unreadable);
    }
}
