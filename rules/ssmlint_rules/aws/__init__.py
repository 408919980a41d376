"""Rules on calls of the AWS API in runbooks (AUT6..); they need botocore."""
